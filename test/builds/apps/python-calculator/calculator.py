from simpleeval import simple_eval


def calculate(text):
    """The value of an arithmetic expression."""
    return simple_eval(text)
