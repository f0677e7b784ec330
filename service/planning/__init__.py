"""From what a client asked, in GraphQL or over REST, to a plan."""
