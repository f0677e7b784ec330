/** Goes the rest of a large layout beside the page, which can be used meanwhile. */

import { type Layout, settle } from "./layout";

self.onmessage = ({ data }: MessageEvent<Layout>) => self.postMessage(settle(data));
