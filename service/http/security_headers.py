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

# The pages bring their own scripts, and ask nobody but this service. Their styles, and the fonts
# in these, are made while they run: no hash of them is known before.
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

# Of what is not a page: it is what its media type says, and no other site's page may embed it. The
# answer to a POST goes without: only the service's own pages get one, and they read it as what it
# is.
ANSWER_HEADERS = dict(
    Secure(
        corp=CrossOriginResourcePolicy().same_origin(), xcto=XContentTypeOptions().nosniff()
    ).headers
)
ANSWER_PAIRS: Headers = tuple(
    (name.lower().encode(), value.encode()) for name, value in ANSWER_HEADERS.items()
)
