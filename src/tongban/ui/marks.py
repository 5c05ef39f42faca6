"""The drawn marks: 24 × 24 line icons, lamps and the wordmark. Paths only, so that they print and scale."""

from __future__ import annotations

#: Icon name -> path on a 24 × 24 field, drawn with a 1.75 stroke.
ICONS: dict[str, str] = {
    "alert": "M12 4l9 16H3zM12 10v4M12 17v.5",
    "baby": (
        "M12 4a7 7 0 1 0 0 15 7 7 0 0 0 0-15zM9.500 11v.5M14.500 11v.5"
        "M9.500 14.500c1.500 1.500 3.500 1.500 5 0M12 4c0 1.500 1 2 2 2"
    ),
    "back": "M15 5l-7 7 7 7",
    "car": "M4 16v-4l2-5h12l2 5v4zM4 12h16M7 16v2M17 16v2M7.500 14h.5M16 14h.5",
    "card": "M3 6h18v12H3zM3 10h18M6 14.500h5",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.500 2",
    "coin": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 8l4 5 4-5M12 13v4M9 13h6M9 15.500h6",
    "doc": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "download": "M12 4v11M7 11l5 5 5-5M5 20h14",
    "drop": ("M12 3s6 6.500 6 11a6 6 0 0 1-12 0c0-4.500 6-11 6-11zM9.500 14.500a2.500 2.500 0 0 0 2.500 2.500"),
    "heart": ("M12 20S4 15 4 9.500A4 4 0 0 1 12 7.500 4 4 0 0 1 20 9.500C20 15 12 20 12 20zM8 12h2l1-2 2 4 1-2h2"),
    "house": "M4 11l8-7 8 7M6 10v10h12V10M10 20v-6h4v6",
    "id": (
        "M3 5h18v14H3zM8 9.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"
        "M5 16.500c.6-1.600 1.700-2.300 3-2.300s2.400.7 3 2.300M14 10h4M14 14h4"
    ),
    "list": "M9 6h11M9 12h11M9 18h11M4 6l1 1 1.500-2M4 12l1 1 1.500-2M4 18l1 1 1.500-2",
    "lock": "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "office": "M4 20h16M6 20V9h12v11M4 9l8-5 8 5M10 13v4M14 13v4",
    "ok": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 12.500l3 3 5.500-6",
    "pause": "M9 6v12M15 6v12",
    "person": ("M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 20c1-4 4-5.500 7.500-5.500s6.500 1.500 7.500 5.500"),
    "phone": ("M6 3h4l2 5-3 2c1 2.500 2.500 4 5 5l2-3 5 2v4c0 1.500-1 2-2 2C11 20 4 13 4 5c0-1 .5-2 2-2z"),
    "plan": "M4 4h16v16H4zM4 12h6M14 4v8h6M10 12v3M10 19v1",
    "print": "M7 9V4h10v5M7 17H4v-7h16v7h-3M7 14h10v6H7z",
    "school": "M3 9l9-4 9 4-9 4zM7 11v5c3 2 7 2 10 0v-5M21 9v6",
    "search": "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5",
    "shield": "M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zM9 12l2.500 2.500L15.500 10",
    "shop": ("M4 10l1.500-6h13L20 10M4 10v10h16V10M4 10c0 3 4 3 4 0 0 3 4 3 4 0 0 3 4 3 4 0 0 3 4 3 4 0M10 20v-5h4v5"),
    "sign": "M4 5h16v8H4zM8 13v7M16 13v7M8 9h8",
    "stop": "M6 6l12 12M18 6L6 18",
    "upload": "M12 16V5M7 9l5-5 5 5M5 20h14",
    "user": ("M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 20c1-4 4-5.500 7.500-5.500s6.500 1.500 7.500 5.500"),
}

#: Lamp name -> drawing on a 14 × 14 field: shape first, colour second (design: staff NOTES).
LAMPS: dict[str, str] = {
    "over": (
        '<path d="M4.2.5h5.6l3.7 3.7v5.6l-3.7 3.7H4.2L.5 9.800V4.200z" fill="#b3261e"/>'
        '<path d="M6.200 2.900h1.600l-.3 5.100h-1z" fill="#fff"/>'
        '<circle cx="7" cy="10.200" r="1" fill="#fff"/>'
    ),
    "today": (
        '<path d="M7 .8 13.600 12.900H.4z" fill="#f5b041" stroke="#8a4b00" stroke-width="1" '
        'stroke-linejoin="round"/>'
        '<path d="M6.300 5h1.400l-.3 3.900h-.8z" fill="#3d2500"/>'
        '<circle cx="7" cy="10.700" r=".9" fill="#3d2500"/>'
    ),
    "soon": (
        '<circle cx="7" cy="7" r="5.600" fill="#fff" stroke="#0b5d57" stroke-width="1.600"/>'
        '<path d="M7 1.400a5.600 5.600 0 0 1 0 11.200z" fill="#0b5d57"/>'
    ),
    "ok": '<circle cx="7" cy="7" r="5.400" fill="none" stroke="#71807c" stroke-width="1.600"/>',
    "pause": '<path d="M3 2h3v10H3zM8 2h3v10H8z" fill="#56506e"/>',
    "y": ('<path d="M1.500 7.600 5.300 11.400 12.500 3" fill="none" stroke="#1d6b3c" stroke-width="2.200"/>'),
    "n": ('<path d="M2.500 2.500l9 9M11.500 2.500l-9 9" fill="none" stroke="#b3261e" stroke-width="2.200"/>'),
    "w": (
        '<path d="M7 1.500v7" stroke="#8a4b00" stroke-width="2.600"/>'
        '<circle cx="7" cy="11.600" r="1.500" fill="#8a4b00"/>'
    ),
    "run": (
        '<circle cx="7" cy="7" r="5.400" fill="none" stroke="#c7ced2" stroke-width="2"/>'
        '<path d="M7 1.600A5.400 5.400 0 0 1 12.400 7" fill="none" stroke="#0b5d57" stroke-width="2"/>'
    ),
    "hash": (
        '<path d="M5.600 4.200H4a2.800 2.800 0 0 0 0 5.600h1.600M8.400 4.200H10a2.800 2.800 0 0 1 0 '
        '5.600H8.400M4.800 7h4.400" fill="none" stroke="currentColor" stroke-width="1.400" '
        'stroke-linecap="round"/>'
    ),
}
