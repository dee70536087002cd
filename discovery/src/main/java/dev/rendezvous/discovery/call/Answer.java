package dev.rendezvous.discovery.call;

import dev.rendezvous.discovery.instance.ServiceInstance;

/**
 * The answer that counts; it may be a gateway error when no try was left.
 *
 * @param <R> the attempt's kind of answer
 * @param value what the attempt completed with
 * @param instance who gave it
 * @param attempts how many tries it took, at least 1
 */
public record Answer<R>(R value, ServiceInstance instance, int attempts) {}
