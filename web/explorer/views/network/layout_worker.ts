/**
 * Computes the remaining steps of a large layout in a worker, so that the page stays responsive.
 */

import { type Layout, settle } from "./layout";

self.onmessage = ({ data }: MessageEvent<Layout>) => self.postMessage(settle(data));
