import os

from dotenv import load_dotenv
from flask import Flask, jsonify, render_template_string, request

from calculator import CalculationError, calculate

load_dotenv()

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY", "only-for-development")

PAGE = """<!doctype html>
<title>Calculator</title>
<h1>Calculator</h1>
<form>
  <input name="expression" value="{{ expression }}" placeholder="2 * (3 + 4)" autofocus>
  <button>=</button>
  <output>{{ result }}</output>
</form>
"""


def answer(expression):
    """The result and the HTTP status for an expression."""
    try:
        return calculate(expression), 200
    except CalculationError as error:
        return str(error), 400


@app.get("/")
def index():
    expression = request.args.get("expression", "")
    result, status = answer(expression) if expression else ("", 200)
    return render_template_string(PAGE, expression=expression, result=result), status


@app.get("/api/calculate")
def api():
    result, status = answer(request.args.get("expression", ""))
    return jsonify({"result" if status == 200 else "error": result}), status


@app.get("/health")
def health():
    return jsonify(status="ok")


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=int(os.environ.get("PORT", "8080")))
