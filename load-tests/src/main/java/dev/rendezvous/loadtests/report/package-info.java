/** What a comparison found, as data, and the page, the tables and the verdicts made of it. */
@NullMarked
package dev.rendezvous.loadtests.report;

import org.jspecify.annotations.NullMarked;
