"""Makes pictures with ImageMagick."""
import subprocess

from flask import Flask

app = Flask(__name__)


@app.get("/size")
def size():
    subprocess.run(["convert", "-size", "20x10", "xc:red", "/tmp/red.png"], check=True)
    out = subprocess.run(["identify", "-format", "%wx%h", "/tmp/red.png"], check=True, capture_output=True)
    return out.stdout


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=18116)
