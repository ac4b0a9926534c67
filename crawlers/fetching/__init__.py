"""How a portal is visited: politely, never to a forbidden address, within limits, honest about what failed.

A request's way, one idea a module:

    spider ─▶ robots, redirects, retrying, caching (Scrapy's middlewares, made strict) ─▶ handler
                                                              turns: pace, budget, window   │
                                                              resolving: addresses          │
    captures ◀─ receiving ◀─ sniffing, wholeness, members, names ◀─ response ◀──────────────┘
"""
