"""Chromium as the tests start it: without the half of its own window that nobody looks at."""

import shutil

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))), None)
LEFT_OUT_BY_PLAYWRIGHT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "TcpPortRandomizationWin",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
"""Said again, since of two ``--disable-features`` Chromium heeds the last."""
LEFT_OUT_TOO = (
    "PreloadTopChromeWebUI",
    "SpareRendererForSitePerProcess",
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
)
"""With every window come renderers for its address bar and one to spare; a test opens a window of its own, and these took it
more CPU time than the page did (1.6 s for a page signed in to; 0.6 s without)."""
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-features=" + ",".join((*LEFT_OUT_BY_PLAYWRIGHT, *LEFT_OUT_TOO))]
