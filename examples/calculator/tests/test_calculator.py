import pytest

from app import app
from calculator import CalculationError, calculate


@pytest.mark.parametrize(
    ("expression", "result"),
    [("1 + 2", 3), ("2 * (3 + 4)", 14), ("7 / 2", 3.5), ("-2 ** 2", -4), (" 9 % 4 ", 1), ("0.5 + .5", 1.0)],
)
def test_calculates(expression, result):
    assert calculate(expression) == result


@pytest.mark.parametrize(
    "expression", ["", "1 / 0", "2 +", "a", "True", "'a' * 9", "__import__('os')", "9 ** 9 ** 9", "1+" * 200 + "1"]
)
def test_refuses(expression):
    with pytest.raises(CalculationError):
        calculate(expression)


def test_serves_results():
    client = app.test_client()
    assert client.get("/api/calculate", query_string={"expression": "6 * 7"}).json == {"result": 42}
    assert client.get("/api/calculate", query_string={"expression": "1 / 0"}).status_code == 400
    assert b"42" in client.get("/", query_string={"expression": "6 * 7"}).data
    assert client.get("/health").json == {"status": "ok"}
