package io.gantry.api.decode;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/// Refuses YAML that nests too deep before the composer, which is recursive, follows it.
final class BoundedParser implements Parser {
    private final Parser parser;
    private int depth;

    BoundedParser(Parser parser) {
        this.parser = parser;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        switch (event.getEventId()) {
            case MappingStart, SequenceStart -> depth++;
            case MappingEnd, SequenceEnd -> depth--;
            default -> {}
        }
        if (depth > Bodies.MAX_DEPTH) {
            throw YamlTrees.malformed("exceeded max depth of " + Bodies.MAX_DEPTH);
        }
        return event;
    }
}
