"""How a portal is visited: politely, never to a forbidden address, within limits, honest about what failed.

A request's way, one idea a module:

    spider ─▶ robots, redirects, retrying, http_cache (Scrapy's middlewares, made strict) ─▶ download_handler
                                                       rate_limiter: pace, budget, window    │
                                                       resolving: addresses                  │
    captures ◀─ receiving ◀─ crawlers.files: media type, completeness, name ◀─ response ◀────┘
"""
