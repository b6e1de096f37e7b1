// SPDX-License-Identifier: Apache-2.0
/**
 * Conformance: cases about interrupt delivery that other people's test suites assert, in a neutral form, run against the models.
 *
 * <p>A case is interpreted, operation by operation and observation by observation, by name; nothing here knows a case by its id, and an
 * argument that nobody asks for makes a case unsupported. The models are wired together without latencies ({@code Bench}), vCPUs
 * execute operations as instructions ({@code Cpu}), and which event comes first is always the model's answer. Translating each case into
 * a test method by hand was rejected: then a new file of cases could not be run, and nobody could see that an expectation is checked.
 */
package irqstorm.conformance;
