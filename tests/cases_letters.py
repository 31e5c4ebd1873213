"""Letters as people might write them, with somebody in them: made up by dice, the same at every run."""

import random
from typing import NamedTuple

SURNAMES = [
    *"王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金廖贾夏韦付邹熊秦",
    "欧阳",
    "上官",
    "诸葛",
    "司马",
]
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英霞平刚桂华玉兰建国文博子轩浩宇欣怡梓涵雨桐思远志强淑珍红梅春生海燕晓东立新永福宝贵"
TITLES = ("女士", "先生", "阿姨", "大爷", "奶奶", "老师", "师傅", "姐", "叔")
NAMED = (
    "我是{}，厨房的水管坏了三天",
    "邻居{}半夜还放音乐",
    "请转告{}不要在楼道堆东西",
    "{}昨天摔了一跤，没人知道",
    "感谢{}送来的菜",
    "孩子{}上网课没有网",
    "听说{}病了，想去看看",
    "我妈{}今年八十了，药快吃完了",
    "这件事{}最清楚",
    "跟{}说一声，别太累",
)
PLAIN = (
    "一位妈妈家里的奶粉快没有了，第二天上午就送到了门口。",
    "孩子上网课没有网，运营商当天来装好了路由器。",
    "楼道的灯坏了很久，报修后当天下午就修好了。",
    "一位独居老人想找人说说话，志愿者每个星期陪她两次。",
    "药快吃完了，社区卫生服务的人第二天送了过来。",
    "心里害怕，夜里睡不着，有人打来电话，聊了半个小时，好多了。",
    "希望夜里小声一点，两家见了面，说开了。",
    "暖气不热，检修以后屋里到了二十度。",
    "2026年11月的药没有断过，谢谢大家。",
    "花了1200元请人疏通，后来物业免费又通了一次。",
    "每天10:00到12:00有人值班，打一个电话就来。",
    "孩子的文具用完了，网格里凑了一份，放在门外。",
)
PROVINCES, DOORS = "京沪浙苏粤川鲁", ("栋", "幢", "座", "号楼")
DIGITS = "零一二三四五六七八九"


class Letter(NamedTuple):
    """``planted`` is what must be found in ``text``."""

    text: str
    planted: str


def with_identifier(chance: random.Random) -> Letter:
    """A letter with a number, a door, a plate or an account in it, in one of many ways of writing it."""
    planted = chance.choice((_mobile, _landline, _card, _door, _plate, _mail, _account))(chance)
    return Letter(
        chance.choice(("{}，麻烦快一点", "我家的情况：{}。谢谢", "有事请找{}", "是{}的事情", "（{}）上次说过了")).format(planted), planted
    )


def with_name(chance: random.Random) -> Letter:
    surname = chance.choice(SURNAMES)
    given = "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2))))
    name = chance.choice((surname + given, surname + given, surname + chance.choice(TITLES)))
    return Letter(chance.choice(NAMED).format(name), name)


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def _written(chance: random.Random, digits: str) -> str:
    """As people hide a number: in groups, full-width, with dots, in Chinese."""
    groups = " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
    wide = "".join(chr(ord(digit) + 0xFEE0) if digit.isdigit() else digit for digit in digits)
    chinese = "".join(DIGITS[int(digit)] if digit.isdigit() else digit for digit in digits)
    return chance.choice((digits, groups, groups.replace(" ", "-"), wide, ".".join(digits), chinese, "\u200b".join(digits)))


def _mobile(chance: random.Random) -> str:
    return chance.choice(("", "+86 ")) + _written(chance, f"1{chance.choice('3456789')}{_digits(chance, 9)}")


def _landline(chance: random.Random) -> str:
    return chance.choice(
        (
            f"0571-{_digits(chance, 8)}",
            f"010 {_digits(chance, 8)}",
            f"400-{_digits(chance, 3)}-{_digits(chance, 4)}",
            _written(chance, "8" + _digits(chance, 7)),
        )
    )


def _card(chance: random.Random) -> str:
    identity = f"330106{chance.randint(1930, 2020)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}{_digits(chance, 3)}{chance.choice('0123456789Xx')}"
    return _written(chance, chance.choice((identity, "6222" + _digits(chance, 15), "621700" + _digits(chance, 10))))


def _door(chance: random.Random) -> str:
    building, unit, room = chance.randint(1, 40), chance.randint(1, 4), f"{chance.randint(1, 32)}0{chance.randint(1, 6)}"
    kind = chance.choice(DOORS)
    return chance.choice(
        (
            f"{building}{kind}{room}", f"{building}{kind}{unit}单元{room}室", f"{building}-{room}", f"{building}-{unit}-{room}", f"{building} {kind}", f"{unit}单元",
            f"{room}室", f"住{room}", f"{DIGITS[building % 9 + 1]}{kind}", "".join(DIGITS[int(digit)] for digit in room) + "室", f"{building}#{room}", f"{chr(65 + unit)}座",
        )
    )  # fmt: skip


def _plate(chance: random.Random) -> str:
    tail = "".join(chance.choice("ABCDEFGHJK0123456789") for _ in range(chance.choice((5, 6))))
    return f"{chance.choice(PROVINCES)}{chance.choice('ABCDE')}{chance.choice(('', '·', ' '))}{tail}"


def _mail(chance: random.Random) -> str:
    return f"{chance.choice(('anna', 'w.li', 'zhou_77'))}{chance.choice(('@', '＠', ' (at) '))}{chance.choice(('qq.com', 'example.org', '163 . com'))}"


def _account(chance: random.Random) -> str:
    return chance.choice(
        (
            f"微信号 an{_digits(chance, 5)}",
            f"vx:anna_{_digits(chance, 3)}",
            f"QQ{_digits(chance, 9)}",
            f"wxid_{_digits(chance, 8)}",
            f"加V laozhou{_digits(chance, 2)}",
        )
    )
