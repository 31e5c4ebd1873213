"""What a browser may do on our pages. Stands in each page, for whoever serves it without headers."""

# frame-ancestors belongs into the header alone: in a page browsers ignore it and complain.
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
