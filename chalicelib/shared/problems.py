"""What went wrong, in words a person can act on: the body of an RFC 9457 answer."""

from typing import Any


class Problem(Exception):
    """An act that cannot be done. ``status`` is the HTTP status; ``zh`` and ``en`` say what to do next; ``more`` are extension members."""

    def __init__(self, status: int, slug: str, zh: str, en: str, **more: Any) -> None:
        super().__init__(f"{status} {slug}: {en}")
        self.status, self.slug, self.zh, self.en, self.more = status, slug, zh, en, more

    def body(self) -> dict[str, Any]:
        """The members of the problem document."""
        return {
            "type": f"/problems/{self.slug}",
            "title": self.slug.replace("-", " "),
            "status": self.status,
            "detail": self.zh,
            "detail_en": self.en,
            **self.more,
        }


class Rejected(Exception):
    """A message that must not count. Its words say why and carry no datum of a person, so they may be logged."""


def bad(slug: str, zh: str, en: str, **more: Any) -> Problem:
    """400: what was sent cannot be read or makes no sense."""
    return Problem(400, slug, zh, en, **more)


def absent() -> Problem:
    """404, the same for what does not exist and for what this caller may not see."""
    return Problem(404, "not-found", "没有找到。请核对后再试。", "Nothing here. Please check and try again.")


def own_household() -> Problem:
    """409: neighbours look after each other, nobody after her own family."""
    return Problem(
        409, "own-household", "自己家的事要请别人来做。", "Somebody else has to look after your own household.", field="companion"
    )


def dead_link() -> Problem:
    """401: the home of this link is not, or no longer, the asker's."""
    return Problem(
        401,
        "dead-link",
        "这张卡已经换新，或者链接不完整。请用门后最新的卡，或打值班电话。",
        "This card has been replaced, or the link is cut short. Use the newest card, or call the duty phone.",
    )


def off_the_list() -> Problem:
    """403: a link that still works, of a volunteer who is no longer one."""
    return Problem(403, "not-allowed", "您已不在志愿者名单里，请找网格长。", "You are no longer on the list. Please ask your coordinator.")


def not_now() -> Problem:
    """409: right for another state of the same thing."""
    return Problem(409, "not-now", "这件事现在不能这样处理，请刷新看看。", "That cannot be done with this task now. Please refresh.", by="")


def busy() -> Problem:
    """503: too many hands on the same thing; trying again is right."""
    return Problem(
        503, "busy", "系统忙，请再试一次，或打值班电话。", "We are busy. Please try once more, or call the duty phone.", retry_after=1
    )


def key_reused() -> Problem:
    """422: an idempotency key stands for one payload for good."""
    return Problem(422, "key-reused", "这个请求编号已用于别的内容。", "This idempotency key was used with another payload.")
