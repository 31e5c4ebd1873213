"""How somebody is reached, as a cell of the policy table: the addresses that channels know, or the address a robot's own page shows.

Nothing here is ever repeated in a sentence: what stands behind an address is a secret, or somebody's number.
"""

import re
from urllib.parse import parse_qs, urlsplit

from chalicelib.post import channels
from infra.importing.faults import Bad
from infra.importing.text import plain

HOSTS = ("qyapi.weixin.qq.com", "oapi.dingtalk.com", "open.feishu.cn")
MOST = 4
FORMS = {
    "wecombot": ("wecombot://密钥", "wecombot://KEY"),
    "dingtalk": ("dingtalk://加签密钥@access_token/", "dingtalk://SECRET@TOKEN/"),
    "feishu": ("feishu://令牌，有签名校验的写 feishu://密钥@令牌", "feishu://TOKEN, signed feishu://SECRET@TOKEN"),
    "sms": ("sms:+8613800000000", "sms:+8613800000000"),
    "mailto": ("mailto:someone@example.org", "mailto:someone@example.org"),
}
_MANY = re.compile(r"[;；，\s]+")
_SCHEME = re.compile(r"([A-Za-z]+):")


def addresses(text: str) -> str:
    """One address, or several to be tried in this order, separated by a blank as the register keeps them."""
    found = dict.fromkeys(address(part) for part in _MANY.split(plain(text)) if part)
    if not 1 <= len(found) <= MOST:
        raise Bad(f"一个人最多填 {MOST} 个地址。", f"One person has {MOST} addresses at most.")
    return " ".join(found)


def address(text: str) -> str:
    """As the channels write it; Bad says how the one that was meant is written."""
    if channels.of(text):
        return text
    scheme = _SCHEME.match(text)
    name = scheme[1].lower() if scheme else ""
    if name in ("http", "https"):
        return _from_page(text)
    if name in FORMS:
        zh, en = FORMS[name]
        raise Bad(f"这个地址要写成 {zh}。", f"That address is written {en}.")
    zh, en = ("、".join(form[language] for form in FORMS.values()) for language in (0, 1))
    raise Bad(f"认不出这个地址，可以写：{zh}。", f"That is no address; it can be: {en}.")


def _from_page(text: str) -> str:
    """What the robot's own page shows. Bad for any host but the three, and for a DingTalk robot, whose page shows only half."""
    parts = urlsplit(text)
    if parts.scheme != "https" or parts.netloc not in HOSTS:
        zh = f"只能用这几个网站的群机器人：{'、'.join(HOSTS)}。"
        raise Bad(zh, f"Group robots of these hosts only: {', '.join(HOSTS)}.")
    asked, last = parse_qs(parts.query), parts.path.rpartition("/")[2]
    made = {HOSTS[0]: f"wecombot://{asked.get('key', [''])[0]}", HOSTS[2]: f"feishu://{last}"}.get(parts.netloc, "")
    if parts.netloc == HOSTS[1]:
        zh = "钉钉机器人要开“加签”，再写成 dingtalk://加签密钥@access_token/。"
        raise Bad(zh, "A DingTalk robot has to be signed; write it dingtalk://SECRET@TOKEN/.")
    if not channels.of(made):
        raise Bad("这个机器人地址不完整。", "That address of a robot is not whole.")
    return made
