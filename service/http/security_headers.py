"""The headers that limit what a browser does with the service's pages."""

from secure import Secure
from secure.headers import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    CrossOriginResourcePolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    XContentTypeOptions,
    XFrameOptions,
)

from service.http.asgi import Headers

# The pages have their own scripts, and send requests to this service only. Their styles, and the
# fonts in the styles, are generated while they run, so no hash of them is known in advance.
_POLICY = (
    ContentSecurityPolicy()
    .default_src("'none'")
    .script_src("'self'")
    .worker_src("'self'", "blob:")
    .style_src("'self'", "'unsafe-inline'")
    .img_src("'self'", "data:")
    .font_src("'self'", "data:")
    .connect_src("'self'")
    .base_uri("'none'")
    .form_action("'none'")
    .frame_ancestors("'none'")
)

PAGE_HEADERS = dict(
    Secure(
        csp=_POLICY,
        coop=CrossOriginOpenerPolicy().same_origin(),
        corp=CrossOriginResourcePolicy().same_origin(),
        permissions=PermissionsPolicy().camera().geolocation().microphone(),
        referrer=ReferrerPolicy().no_referrer(),
        xcto=XContentTypeOptions().nosniff(),
        xfo=XFrameOptions().deny(),
    ).headers
)

# For responses other than pages: a browser must follow the media type, and pages of other sites may
# not embed the response. A response to POST does not need these headers, because only the service's
# own pages can request it, and they do not guess its type.
ANSWER_HEADERS = dict(
    Secure(
        corp=CrossOriginResourcePolicy().same_origin(), xcto=XContentTypeOptions().nosniff()
    ).headers
)
ANSWER_PAIRS: Headers = tuple(
    (name.lower().encode(), value.encode()) for name, value in ANSWER_HEADERS.items()
)
