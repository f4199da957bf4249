"""Headless Chromium over its debugging pipe: no port, no library, nothing to install.

Messages of the DevTools protocol are JSON, each ended by a zero byte; the browser reads
them from file descriptor 3 and writes them to 4 (``--remote-debugging-pipe``).
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
# Nothing in the browser itself may ask the network for anything.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-extensions",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
PATIENCE_S = 60
# Puts the pipes where the browser looks for them, and becomes the browser. They go out
# of the way first, for they may be 3 and 4 the wrong way round.
LAUNCHER = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(one), fcntl.F_DUPFD, 10) for one in sys.argv[1:3]]
os.dup2(ends[0], 3)
os.dup2(ends[1], 4)
os.execvp(sys.argv[3], sys.argv[3:])
"""


def find_chromium() -> str | None:
    """The browser's program, if there is one on this machine."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@dataclass
class Page:
    """A tab, and what happened in it.

    Attributes:
        browser: the browser it belongs to.
        session: by which its messages are known.
        console: what was logged: errors, warnings, violations of the policy.
        requests: every address that was asked for.
    """

    browser: Browser
    session: str
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def call(self, method: str, **parameters: Any) -> Any:
        """Ask for something, and wait for the answer."""
        return self.browser.call(method, self.session, **parameters)

    def open(self, path: Path) -> None:
        """Load a file, and wait until it is there."""
        loaded = self.browser.loaded
        self.call("Page.navigate", url=path.as_uri())
        self.browser.wait(lambda: self.browser.loaded > loaded)

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression."""
        answer = self.call(
            "Runtime.evaluate",
            expression=expression,
            returnByValue=True,
            awaitPromise=True,
        )
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def prefer(self, scheme: str, media: str = "") -> None:
        """Set what the system's theme is said to be, and for which medium to show."""
        feature = {"name": "prefers-color-scheme", "value": scheme}
        self.call("Emulation.setEmulatedMedia", media=media, features=[feature])

    def resize(self, width: int, height: int) -> None:
        """Give the page a window of this size in pixels."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def press(self, key: str, code: int, text: str = "") -> None:
        """Press and release a key."""
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=code,
                text=text if kind == "keyDown" else "",
            )

    def screenshot(self) -> bytes:
        """The window as PNG."""
        answer = self.call("Page.captureScreenshot", format="png")
        return base64.b64decode(answer["data"])

    def pdf(self) -> bytes:
        """The page as it is printed."""
        answer = self.call("Page.printToPDF", printBackground=False)
        return base64.b64decode(answer["data"])


class Browser:
    """One process with a profile of its own."""

    def __init__(self, program: str, profile: Path) -> None:
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-c", LAUNCHER, str(theirs_in), str(theirs_out)),
                *(program, *FLAGS, f"--user-data-dir={profile}"),
            ],
            pass_fds=(theirs_in, theirs_out),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._buffer = b""
        self._number = 0
        self._answers: dict[int, Any] = {}
        self._pages: dict[str, Page] = {}
        self.loaded = 0

    def new_page(self) -> Page:
        """A tab whose console and requests are kept."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        answer = self.call("Target.attachToTarget", targetId=target, flatten=True)
        page = Page(self, answer["sessionId"])
        self._pages[page.session] = page
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.call(f"{domain}.enable")
        page.resize(1200, 1600)
        return page

    def call(self, method: str, session: str | None = None, **parameters: Any) -> Any:
        """Send a command, and wait for its answer."""
        self._number += 1
        number = self._number
        message = {"id": number, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        self.wait(lambda: number in self._answers)
        answer = self._answers.pop(number)
        assert "error" not in answer, (method, answer)
        return answer["result"]

    def wait(self, until: Callable[[], bool]) -> None:
        """Read messages until something is true."""
        deadline = time.monotonic() + PATIENCE_S
        while not until():
            ready, _, _ = select.select([self._in], [], [], 1)
            if ready and (data := os.read(self._in, 1 << 16)):
                *messages, self._buffer = (self._buffer + data).split(b"\0")
                for message in messages:
                    self._take(json.loads(message))
            elif self._process.poll() is not None or time.monotonic() > deadline:
                raise TimeoutError("the browser does not answer")

    def _take(self, message: dict[str, Any]) -> None:
        if "id" in message:
            self._answers[message["id"]] = message
            return
        page = self._pages.get(message.get("sessionId", ""))
        if page is None:
            return
        parameters = message["params"]
        match message["method"]:
            case "Page.loadEventFired":
                self.loaded += 1
            case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown":
                page.console.append(json.dumps(parameters))
            case "Log.entryAdded":
                page.console.append(parameters["entry"]["text"])
            case "Network.requestWillBeSent":
                page.requests.append(parameters["request"]["url"])

    def close(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.wait(PATIENCE_S)
        os.close(self._out)
        os.close(self._in)
