"""How urgent a letter is, and the words after which somebody should look at once. Pure."""

from enum import StrEnum


class Urgency(StrEnum):
    """How soon somebody must act, as a person judged it; in order."""

    LATER = "later"
    SOON = "soon"
    URGENT = "urgent"
    DANGER = "danger"


ORDER = list(Urgency)


def worse(first: Urgency | None, second: Urgency | None) -> Urgency | None:
    """The worse of two, None where neither says anything."""
    return max((each for each in (first, second) if each), key=ORDER.index, default=None)


WORDS: dict[Urgency, tuple[str, ...]] = {
    Urgency.DANGER: (
        *("不想活", "想死", "去死", "自杀", "轻生", "跳楼", "割腕", "结束生命", "活不下去", "遗书", "自残", "上吊", "吞药", "一了百了"),
        *("打我", "打孩子", "家暴", "被打", "打老婆", "动刀", "拿刀", "威胁", "掐我", "虐待", "强迫", "性侵", "猥亵"),
        *("着火", "起火", "火灾", "冒烟", "煤气", "燃气泄漏", "漏电", "触电", "爆炸", "晕倒", "昏迷", "喘不上气", "胸口疼", "大出血"),
        *("kill myself", "suicide", "want to die", "hit me", "hits me", "beats me", "on fire", "gas leak"),
    ),
    Urgency.URGENT: (
        *(
            "断粮",
            "没吃的",
            "没东西吃",
            "没有吃的",
            "没米了",
            "饿",
            "断奶",
            "没奶粉",
            "奶粉快没",
            "奶粉断",
            "断水",
            "停水",
            "停电",
            "没有暖气",
        ),
        *("没药", "没有药", "药没了", "断药", "药吃完", "药快吃完", "胰岛素", "透析", "化疗", "发烧", "高烧", "要生了", "摔倒", "摔了"),
        *("睡不着", "害怕", "崩溃", "撑不住", "受不了", "绝望", "没人管", "no food", "no medicine", "afraid", "cannot go on"),
    ),
}
"""Words after which somebody should look at once; ours. They are looked for in the text without its spaces."""


def worry(text: str) -> Urgency | None:
    """What the words of a text call for; None where they call for nothing. It may raise, never lower."""
    plain = text.lower()
    squeezed = "".join(plain.split())
    found = (urgency for urgency, words in WORDS.items() if any(word in squeezed or word in plain for word in words))
    return max(found, key=ORDER.index, default=None)
