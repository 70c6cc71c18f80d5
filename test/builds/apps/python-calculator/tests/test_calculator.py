from calculator import calculate


def test_sum():
    assert calculate("2 + 3") == 5
