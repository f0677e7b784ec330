import "./matrix.css";

import { useMemo } from "react";
import { useAnswer } from "../../api/use_answer";
import { useKinds } from "../../kinds/kinds";
import { words } from "../../words";
import { askNetwork } from "../network/network_query";
import { Empty, Failure } from "../states";
import { TooMuch } from "../too_much";
import { useSvg } from "../use_svg";
import type { View, ViewProps } from "../view";
import { matrixOf, sortOf } from "./matrix";
import { MatrixGrid } from "./matrix_grid";
import { MatrixHead } from "./matrix_head";
import { svgOfMatrix } from "./svg";

/**
 * Supporters by recipients: the edges of the network as cells, which are easy to read and to
 * compare.
 */
function MatrixView({ question, change, offerSvg }: ViewProps) {
  const kinds = useKinds();
  const answer = useAnswer(askNetwork(question));
  const network = answer.data?.network;
  const sort = sortOf(question.sort);
  const matrix = useMemo(
    () => (network ? matrixOf(network, kinds, sort) : null),
    [network, kinds, sort],
  );
  useSvg(
    offerSvg,
    matrix && matrix.rows.size > 0
      ? (palette, widths) => svgOfMatrix(matrix, kinds, palette, widths)
      : null,
  );
  return (
    <div className="matrix" aria-busy={answer.isLoading}>
      {network && <TooMuch network={network} question={question} change={change} />}
      <MatrixHead question={question} change={change} sort={sort} />
      {answer.error && (
        <Failure {...{ error: answer.error, retry: answer.retry, question, change }} />
      )}
      {!answer.error && !matrix && <p className="quiet state">{words.states.loading}</p>}
      {matrix?.rows.size === 0 && <Empty question={question} change={change} />}
      {matrix && matrix.rows.size > 0 && (
        <MatrixGrid matrix={matrix} question={question} change={change} />
      )}
    </div>
  );
}

export default { Component: MatrixView } satisfies View;
