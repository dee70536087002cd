/** Starts proxies of several makers with a like configuration, and ends them without a trace. */
@NullMarked
package dev.rendezvous.loadtests.proxy;

import org.jspecify.annotations.NullMarked;
