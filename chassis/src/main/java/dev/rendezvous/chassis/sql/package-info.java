/** The way to one PostgreSQL database and to its schema; knows no table of a service. */
@NullMarked
package dev.rendezvous.chassis.sql;

import org.jspecify.annotations.NullMarked;
