"""Answers each request with ok."""
import http.server

import humanize


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(("ok " + humanize.intcomma(1000)).encode())

    def log_message(self, *_):
        pass


http.server.ThreadingHTTPServer(("0.0.0.0", 18140), Handler).serve_forever()
