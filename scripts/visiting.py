"""Pages as a browser asks for them, for the scripts beside this file. Python 3.11, nothing else."""
import base64
import hashlib
import hmac
import html
import http.client
import re
import struct
import time
import urllib.parse
import uuid


class Trouble(Exception):
    """What went wrong, in words for whoever runs the script."""


class Browser:
    """One browser: its cookies, and the page it looks at."""

    def __init__(self, port):
        self.port, self.cookies, self.page, self.path, self.status = port, {}, "", "", 0

    def ask(self, method, path, body=None):
        for _ in range(5):
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            if body is not None:
                headers["Content-Type"] = "application/x-www-form-urlencoded"
            line.request(method, path, body, headers)
            answer = line.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    cookie, _, content = value.split(";")[0].partition("=")
                    self.cookies[cookie] = content
            self.status, self.path = answer.status, path
            self.page = answer.read().decode("utf-8", "replace")
            if answer.status not in (302, 303, 307):
                return self.page
            target = urllib.parse.urlparse(answer.getheader("Location"))
            path = target.path + (f"?{target.query}" if target.query else "")
            method, body = "GET", None
        raise Trouble(f"{path} leads round in circles")

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, fields):
        csrf = re.search(r'name="csrf" value="([^"]+)"', self.page)
        fields = [("csrf", html.unescape(csrf.group(1)) if csrf else ""), ("key", str(uuid.uuid4())), *fields]
        return self.ask("POST", path, urllib.parse.urlencode(fields))

    def must(self, what):
        if self.status >= 400:
            words = re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(script|style).*?</\1>", " ", self.page))
            raise Trouble(f"{what}: {self.path} answered {self.status}: {' '.join(words.split())[:1500]}")


def digits(secret):
    """The six digits of a second factor now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = mac[19] & 15
    return "%06d" % ((struct.unpack(">I", mac[at:at + 4])[0] & 0x7FFFFFFF) % 1_000_000)


def signed_in(port, officer):
    """An officer of a demonstration, signed in."""
    browser = Browser(port)
    for _ in range(3):
        browser.get("/en/desk/sign-in")
        browser.post("/en/desk/sign-in", [("login", officer["login"]), ("password", officer["password"]),
                                          ("digits", digits(officer["totp_secret"]))])
        if browser.status < 400 and "sign-in" not in browser.path:
            return browser
        time.sleep(30.5 - time.time() % 30)  # six digits serve once
    browser.must("signing in")
    raise Trouble(f"{officer['login']} could not sign in")
