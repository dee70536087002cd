/** Sends a call to one instance, judges it and perhaps picks another; it never asks a registry. */
@NullMarked
package dev.rendezvous.discovery.call;

import org.jspecify.annotations.NullMarked;
