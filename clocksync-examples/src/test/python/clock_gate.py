"""Time quality from clocksync's endpoint. Only the standard library; whatever goes wrong means "do not stamp"."""
import json
import math
import sys
import time
import urllib.error
import urllib.request

URL = "http://127.0.0.1:8851/time/status"
# Loopback: no proxy of the environment may answer in its place.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def failed(message):
    """The failure shape of the old get_time_health_status."""
    return {"status": "error", "drift_ms": None, "precision_ms": None, "servers_available": 0,
            "safe_to_stamp": False, "message": message}


def get_time_health_status(url=URL, timeout_s=1.0):
    """The time_sync object. A refused connection, an HTTP error, a late or a strange answer is an error, never good."""
    try:
        with OPENER.open(url, timeout=timeout_s) as answer:
            sync = json.loads(answer.read(1_000_000))
        if sync["status"] not in ("healthy", "warning", "critical", "error"):
            return failed("unknown status %r" % sync["status"])
        drift = sync["drift_ms"]
        known = isinstance(drift, (int, float)) and not isinstance(drift, bool) and math.isfinite(drift)
        if sync["status"] != "error" and not known:
            return failed("no drift beside status %s" % sync["status"])
        return sync
    except urllib.error.HTTPError as e:
        return failed("HTTP %d" % e.code)
    except Exception as e:  # whatever it is, nobody vouches for the time
        return failed("%s: %s" % (type(e).__name__, e))


class Gate:
    """Asks at most once a second; may_stamp() is for the code before a host stamp (time.time())."""

    def __init__(self, url=URL, limit_ms=50.0, life_s=1.0):
        self.url, self.limit_ms, self.life_s = url, limit_ms, life_s
        self.until, self.good = -math.inf, False

    def may_stamp(self):
        now = time.monotonic()  # the wall clock is the one under test
        if now >= self.until:
            self.good = self.is_good(get_time_health_status(self.url))
            self.until = now + self.life_s
        return self.good

    def is_good(self, sync):
        """A Python process stamps with the system clock, so its error counts, not the trusted clock's alone."""
        try:
            return (sync["safe_to_stamp"] is True and sync["synchronised"] is True
                    and abs(sync["drift_ms"]) + sync["uncertainty_ms"] < self.limit_ms)
        except (KeyError, TypeError):
            return False


if __name__ == "__main__":
    where = sys.argv[1] if len(sys.argv) > 1 else URL
    told = get_time_health_status(where)
    good = Gate(where).may_stamp()
    print("%s drift_ms=%s may_stamp=%s %s" % (told["status"], told["drift_ms"], good, told.get("message", "")))
    sys.exit(0 if good else 1)
