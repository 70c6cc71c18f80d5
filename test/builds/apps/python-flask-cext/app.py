import psycopg2
from flask import Flask, render_template

app = Flask(__name__)


@app.get("/health")
def health():
    return "ok" if psycopg2.__libpq_version__ > 0 else "no library"


@app.get("/")
def index():
    return render_template("index.html", name="world")
