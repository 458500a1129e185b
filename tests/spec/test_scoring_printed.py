"""What is printed of a scored response: these keys, in this order, and no other."""

import instruments


def test_a_questionnaires_keys() -> None:
    printed = (
        instruments.load("bdi-21").score_one({f"q{item}": 1 for item in range(1, 22)}).as_dict()
    )

    assert {
        "instrument": "bdi-21",
        "edition": "fi-population",
        "definition": instruments.load("bdi-21").definition,
        "scores": {
            "total": {
                "value": 21.0,
                "answered": 21,
                "items": 21,
                "rule": "complete",
                "reason": None,
                "flags": [],
                "transforms": {},
            }
        },
        "bands": {"total": {"beck": "moderate", "fi-10-16": "moderate"}},
        "alerts": ["item-9"],
    } == printed


def test_goals_have_extras_besides() -> None:
    printed = instruments.load("gas").score_one([{"attained": 0}]).as_dict()

    assert ["instrument", "edition", "definition", "scores", "bands", "alerts", "extras"] == list(
        printed
    )
    assert {"goals": 1, "t_lowest": 30.0, "t_highest": 70.0} == printed["extras"]
