"""The words of a problem in the reader's language: Finnish, Swedish or English, Finnish first."""

from dataclasses import asdict

from flask import Request

from akva.errors import Fault
from akva.problems.table import Problem
from akva.words import LANGUAGES, say, sentences

FIRST, ENGLISH = "fi", "en"


def wanted(request: Request) -> str:
    """Tell the language that the caller likes best of ours, whatever its country."""
    liked = (tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality)
    return next((language for language in liked if language in LANGUAGES), FIRST)


def title(language: str, problem: Problem) -> str:
    return say(language, f"problem.{problem.code}.title")


def detail(language: str, problem: Problem, said: str) -> str:
    """Give what the error itself said, which is English; in other languages the code's sentence."""
    if language == ENGLISH and said:
        return said
    return say(language, f"problem.{problem.code}.why")


def next_step(language: str, problem: Problem) -> str:
    return say(language, f"problem.{problem.code}.next_step")


def fault(language: str, one: Fault) -> dict[str, str]:
    """Word one fault; its place and code are the same in every language."""
    if language == ENGLISH:
        return asdict(one)
    # A part of many is refused with the code of a problem, of which it may be the only fault.
    kind = "fault" if f"fault.{one.code}.why" in sentences(language) else "problem"
    return {
        "code": one.code,
        "where": one.where,
        "why": say(language, f"{kind}.{one.code}.why"),
        "next_step": say(language, f"{kind}.{one.code}.next_step"),
    }
