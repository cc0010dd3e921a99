"""Trade that goes round: several ways for one flow, crossings that hold so much. See docs/design/55-ways-round.md."""
