"""What an ordinary careful team would write: Flask, marshmallow, SQLAlchemy's ORM, Fernet, SQLite.

One transaction a request, the episode's consent checked in it, an audit row for every assessment.
It keeps no idempotency keys, no tamper-evident log, no key per client and no versions of a record:
by all of these it has less to do than the door it stands beside.
"""

from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from flask import Flask, Response, current_app, jsonify, request
from marshmallow import Schema, ValidationError
from sqlalchemy.orm import Session, sessionmaker

from tests.bench.peer.records import Desk, NotAllowedError, desk
from tests.bench.peer.shapes import AssessmentSchema, CourseSchema
from tests.bench.peer.tables import engine

ONE, MANY, COURSES = AssessmentSchema(), AssessmentSchema(many=True), CourseSchema(many=True)
Answered = tuple[Response, int]


def create_app(folder: str) -> Flask:
    app = Flask("peer")
    app.config["OPEN"] = sessionmaker(engine(str(Path(folder, "peer.db"))))
    app.config["FERNET"] = Fernet(Path(folder, "key").read_bytes())
    app.add_url_rule("/assessments", view_func=add, methods=["POST"])
    app.add_url_rule("/assessments/bulk", view_func=add_many, methods=["POST"])
    app.add_url_rule("/courses/bulk", view_func=add_courses, methods=["POST"])
    app.register_error_handler(ValidationError, invalid)
    app.register_error_handler(NotAllowedError, refused)
    return app


def add() -> Answered:
    with opened() as session:
        caller = called(session)
        rows = list(caller.assessments([sent(ONE)]))
        caller.write(rows, core=False)
        session.commit()
    return jsonify(id=str(rows[0][1]["id"])), 201


def add_many() -> Answered:
    with opened() as session:
        caller, new = called(session), sent(MANY)
        caller.write(caller.assessments(new), core=wants_core())
        session.commit()
    return jsonify(written=len(new)), 201


def add_courses() -> Answered:
    with opened() as session:
        caller, new = called(session), sent(COURSES)
        caller.write((row for one in new for row in caller.course(one)), core=wants_core())
        session.commit()
    return jsonify(written=len(new)), 201


def opened() -> Session:
    session: Session = current_app.config["OPEN"]()
    return session


def called(session: Session) -> Desk:
    return desk(session, current_app.config["FERNET"], request.headers.get("Authorization", ""))


def sent(schema: Schema) -> Any:  # noqa: ANN401 - what marshmallow gives
    return schema.load(request.get_json())


def wants_core() -> bool:
    return "core" in request.args


def invalid(error: Exception) -> Answered:
    return jsonify(errors=str(error)), 422


def refused(_: Exception) -> Answered:
    return jsonify(error="not allowed"), 403
