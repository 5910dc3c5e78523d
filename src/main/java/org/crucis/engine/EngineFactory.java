package org.crucis.engine;

import org.crucis.lab.Engine;

/** Opens engines of one kind; found through {@link java.util.ServiceLoader}, so that the core needs none of their libraries. */
public interface EngineFactory {

    /** The word by which a user asks for it. */
    String name();

    /**
     * Whether an engine could be opened there, as far as that can be said without opening one.
     *
     * @throws IllegalArgumentException for an address that means nothing, in one sentence
     */
    void check(String address);

    /**
     * @param address what the user wrote after the name and a colon, such as a cluster's address; empty for none
     * @throws IllegalArgumentException for an address that means nothing, in one sentence
     */
    Engine open(String address, EngineSettings settings);
}
