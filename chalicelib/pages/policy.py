"""What a browser may do on our pages. The same words stand in each page and in the headers that serve it."""

CONTENT = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)

HEADERS = {
    # frame-ancestors counts in a header only; in a page browsers ignore it and complain.
    "Content-Security-Policy": f"{CONTENT}; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
