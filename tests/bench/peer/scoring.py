"""The peer's scoring: WHO's means of the answered items, 0 to 100, in plain Python."""

from collections.abc import Mapping

DOMAINS: Mapping[str, tuple[tuple[int, ...], int]] = {
    "physical": ((3, 4, 10, 15, 16, 17, 18), 6),
    "psychological": ((5, 6, 7, 11, 19, 26), 5),
    "social": ((20, 21, 22), 2),
    "environment": ((8, 9, 12, 13, 14, 23, 24, 25), 6),
}
REVERSED = frozenset({3, 4, 26})
LEAST = 22


def score(answers: Mapping[str, int | None]) -> dict[str, float | None]:
    given = {int(item[1:]): value for item, value in answers.items() if value is not None}
    turned = {item: 6 - value if item in REVERSED else value for item, value in given.items()}
    result: dict[str, float | None] = {}
    for domain, (items, least) in DOMAINS.items():
        found = [turned[item] for item in items if item in turned]
        enough = len(given) >= LEAST and len(found) >= least
        result[domain] = (sum(found) / len(found) - 1) * 25 if enough else None
    return result
