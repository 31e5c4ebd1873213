"""What in a text may be somebody's name, school or employer. Pure; each mark is a question to a human, never a verdict.

Too many marks are better than too few: nothing is published before somebody has said of each that it is no name.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from chalicelib.cases.identifiers import Mark

COMMON = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金廖贾夏韦付邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴孔汤"
    "温康施牛樊葛邢齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿兰焦俞柳甘祝尚符舒阮柯纪梅童凌毕季裴霍涂苗盛翁冉骆蓝辛柴蒙鲍喻祁蒲房滕屈饶牟艾尤穆卓吉缪麦褚娄窦戚岑景宫费卜冷晏柏宗瞿桂佟臧闵苟邬卞姬仇"
    "栾隋刁荣巫寇桑郎甄丛仲虞敖巩佘麻苑迟邝封匡鞠惠荆冀郁胥班栗燕楚鄢谌奚冼蔺厉伊郜阚屠阎池方高石白文"
)
"""Surnames that are hardly anything else in a sentence; those that are (安, 成, 和, 来 …) count before a title only."""

SURNAMES = frozenset(
    COMMON
    + "时傅卞皮应单向查成常明安宁包连水米关简左邢储车侯谷曲路游管华解尤阳农司古项芦党席全边师和商沙乐原粟满闻区海花权强帅豆盖练禹井巴丰支国狄平计索宣晋相初门云容敬来普浦薄杭况宿鲜战危玉"
    "银公哈勾茅利呼居干信展阴智幸莫谈祖佳邰那尉冶束苍溪杉"
)
COMPOUND_SURNAMES = "欧阳|上官|司马|诸葛|司徒|东方|独孤|南宫|夏侯|皇甫|尉迟|公孙|慕容|长孙|宇文|令狐|端木|百里|呼延|澹台|轩辕|西门|申屠|闻人|太史|赫连|钟离|淳于|单于|濮阳"
TITLES = (
    "先生|女士|小姐|太太|阿姨|大妈|大爷|大娘|大伯|大叔|大哥|大姐|奶奶|爷爷|婆婆|公公|外婆|外公|姥姥|姥爷|叔叔|伯伯|婶婶|嫂子|师傅|老师|教授|医生|大夫|护士|主任|经理|书记|"
    "会计|律师|警官|老板|总|工|叔|婶|伯|姨|哥|姐|妈|爸|嫂|奶|爷|老|妹|弟|同学|同志"
)
_FUNCTION = frozenset(
    "的了在是我你他她它们这那与就都很也不没有吗呢吧啊被把让给到去对从说问叫还又再只能会要想得着过每个些什么怎哪谁几多少最更太非常已经因为所以但如果虽然而且或者及等后前里外上下中间内时候家住"
)
_PREFIXED = re.compile(r"(?:老|小|阿)[\u4e00-\u9fff]")
_WORDS = frozenset((Path(__file__).parent / "data" / "no-names.txt").read_text(encoding="utf-8").split())
"""Common words that begin as a name does."""
_SCHOOL = re.compile(r"[\u4e00-\u9fff]{2,10}?(?:小学|中学|初中|高中|大学|学院|幼儿园|学校|托儿所|附小|附中|[一二三四五六七八九十]中)")
_EMPLOYER = re.compile(r"[\u4e00-\u9fff]{2,10}?(?:公司|集团|银行|医院|工厂|超市|酒店|饭店|餐厅|事务所|研究所|派出所|卫生院|分局|支行)")
_TITLED = re.compile(rf"(?:{COMPOUND_SURNAMES}|[{''.join(sorted(SURNAMES))}])(?:[\u4e00-\u9fff]{{1,2}})?(?:{TITLES})")
_CUED = re.compile(
    r"(?:我叫|名叫|叫做|名字是|姓名|我是|联系人|收件人|户主|署名)[:：是为]?\s*([\u4e00-\u9fff]{2,4}?)(?=[的了在，。,.!！?？;；\s]|住|家|$)"
)
_FULL = re.compile(
    rf"(?=((?:{COMPOUND_SURNAMES})[\u4e00-\u9fff]{{1,2}}|(?<![每这本上下一两三几整老小阿])[{COMMON}][\u4e00-\u9fff]{{1,2}}))"
)
_LATIN = re.compile(r"\b[A-Z][a-z]{2,}(?:\s+[A-Z][a-z]+)+\b")


def names(text: str, known: Iterable[str] = ()) -> list[Mark]:
    """Everything that may be a name, a school or an employer, in order. ``known`` are names that are somebody's for certain."""
    found = [
        *(Mark("name", place, place + len(name)) for name in known if len(name) > 1 for place in _everywhere(name, text)),
        *(Mark("school", *each.span()) for each in _SCHOOL.finditer(text)),
        *(Mark("employer", *each.span()) for each in _EMPLOYER.finditer(text)),
        *(Mark("name", *span) for span in _spans(text)),
    ]
    return _apart(found)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    yield from (each.span() for each in _TITLED.finditer(text) if each[0][:2] not in _WORDS)
    yield from (each.span(1) for each in _CUED.finditer(text))
    yield from (each.span() for each in _LATIN.finditer(text))
    yield from (each.span() for each in _PREFIXED.finditer(text) if each[0] not in _WORDS and each[0][1] in SURNAMES)
    for each in _FULL.finditer(text):
        name = _given(each[1])
        if name:
            yield each.start(), each.start() + len(name)


def _given(candidate: str) -> str:
    """The part of a surname and what follows it that may be a name, or nothing."""
    if candidate[:2] in _WORDS:
        return ""
    surname = 2 if re.fullmatch(COMPOUND_SURNAMES, candidate[:2]) else 1
    given = candidate[surname:]
    kept = next((number for number, letter in enumerate(given) if letter in _FUNCTION), len(given))
    return candidate[: surname + kept] if kept else ""


def _everywhere(name: str, text: str) -> Iterator[int]:
    place = text.find(name)
    while place >= 0:
        yield place
        place = text.find(name, place + 1)


def _apart(marks: list[Mark]) -> list[Mark]:
    """The longer mark where two overlap."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start - mark.end, mark.start)):
        if all(mark.end <= other.start or other.end <= mark.start for other in kept):
            kept.append(mark)
    return sorted(kept, key=lambda mark: mark.start)
