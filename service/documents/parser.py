"""The parser of graphql-core, whose documents do not keep their tokens.

A location of graphql-core leads to its first and last token, and from there to all tokens of the
document. They are most of what a document takes, in memory and in each collection of garbage.
"""

from graphql import DocumentNode, GraphQLSyntaxError, Source, TokenKind
from graphql.language import Location, Token
from graphql.language.parser import Parser

_NO_TOKEN = Token(TokenKind.SOF, 0, 0, 0, 0)


class _Parser(Parser):
    def loc(self, start_token: Token) -> Location | None:
        """The place in the text, without the tokens."""
        location = super().loc(start_token)
        if location is not None:
            location.start_token = location.end_token = _NO_TOKEN
        return location


def parse(text: str, *, characters: int, tokens: int, comments: int) -> DocumentNode:
    """The document of a text with at most so many characters, tokens and comments.

    Raises GraphQLSyntaxError.
    """
    source = Source(text)
    parser = _Parser(
        source, max_source_length=characters, max_lexical_tokens=tokens, max_comments=comments
    )
    try:
        return parser.parse_document()
    except RecursionError:
        raise GraphQLSyntaxError(
            source, 0, "Document is nested too deeply. Parsing aborted."
        ) from None
