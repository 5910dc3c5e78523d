package org.crucis.network;

/** Which layers training moves. (A placeholder: the network room owns this type.) */
public enum Trained {
    ALL,
    HIDDEN,
    OUTPUT
}
