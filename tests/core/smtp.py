"""A mail server of a few lines, that answers what a test tells it to."""

import socketserver
import threading
from contextlib import contextmanager


class Handler(socketserver.StreamRequestHandler):
    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self):
        self.say("220 test")
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            if word == "DATA":
                if not self.receive():
                    return
            elif word == "RCPT":
                self.say(self.server.rcpt_answer)
            elif word == "QUIT":
                self.say("221 dag")
                return
            else:
                self.say("250 goed")

    def receive(self):
        self.say("354 kom maar")
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.decode())
        self.server.received.append("".join(lines))
        if self.server.hang_up:
            return False
        self.say("250 ontvangen")
        return True


@contextmanager
def mail_server(*, rcpt_answer="250 goed", hang_up=False):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.received, server.rcpt_answer, server.hang_up = [], rcpt_answer, hang_up
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
