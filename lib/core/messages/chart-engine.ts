// Messages about Helm charts of people's own constructs: what is declared in a HelmChart.
import type { Table } from './code-messages';

/** Words by code. */
export const CHART_ENGINE_WORDS = {
  'chart-name-unusable': {
    says: '<value> is not lower-case letters, digits and "-", beginning with a letter, at most 40 characters',
    instead: 'write e.g. "web"',
    why: 'Names of templates and of objects are made from it.',
  },
  'chart-version-unusable': {
    says: '<value> is not a semantic version',
    instead: 'write e.g. "1.0.0"',
    why: 'Helm compares versions of charts, and takes no others.',
  },
  'chart-without-namespace': {
    says: 'has no namespace',
    instead: 'write new Chart(app, "web", { namespace: "web" })',
    why: "The release's namespace takes the place of the chart's.",
  },
  'construct-not-in-chart': {
    says: 'is not in the chart <chart>',
    instead: 'add it to that chart, or declare nothing about it',
    why: 'The Helm chart has the objects of one cdk8s chart.',
  },
  'construct-without-objects': {
    says: 'has no object',
    instead: 'pass an ApiObject, or a construct that has one',
    why: 'What is declared is a place in the manifest of an object.',
  },
  'pointer-to-nothing': {
    says: '<pointer> leads no further than to <nearest>',
    instead: 'write a JSON pointer to something in the manifest, e.g. "/metadata/name"',
    why: 'A value without a place would have no effect.',
  },
  'pointer-not-a-string': {
    says: '<pointer> leads to <value>, not to a string',
    instead: 'use value(...)',
    why: 'Only a string has parts that can be replaced.',
  },
  'pointer-declared-twice': {
    says: '<pointer> is declared twice, as <one> and as <other>',
    instead: 'leave one of them out',
    why: 'One place can have one value only.',
  },
  'pointer-inside-another': {
    says: '<pointer>, declared as <one>, is inside <outer>, declared as <other>',
    instead: 'leave one of them out',
    why: 'The outer value replaces the inner one.',
  },
  'pointer-set-by-release': {
    says: '<pointer>, declared as <one>, conflicts with <other>, which the release sets',
    instead: 'leave it out, or declare parts beside it, e.g. "/metadata/labels/team"',
    why: "Names, namespaces, references and Helm's labels follow the release.",
  },
  'text-not-once': {
    says: '<value> occurs <count> times in <where>',
    instead: 'write a string that occurs exactly once: around: "..." with more of the text',
    why: 'Otherwise it would be a guess which part is meant.',
  },
  'text-overlaps': {
    says: '<pointer>: the parts for <one> and for <other> overlap',
    instead: 'declare parts that are apart',
    why: 'One part of a string can have one value only.',
  },
  'value-path-unusable': {
    says: '<value> can not be the path of a value',
    instead: 'write names in camelCase with dots between, e.g. "ui.enabled"',
    why: 'Templates write it as .Values.ui.enabled; global, nameOverride and fullnameOverride are taken.',
  },
  'value-declared-differently': {
    says: 'has the <what> <here> for <one>, and <there> for <other>',
    instead: 'use two paths, or declare the same',
    why: 'A value has one type, one default, one description and one schema.',
  },
  'value-and-parent': {
    says: 'is a value itself, and <child> is inside it',
    instead: 'rename one of them, e.g. "<path>.enabled"',
    why: 'A key of values.yaml has a value or has keys.',
  },
  'value-type-in-schema': {
    says: 'has a type in its schema',
    instead: 'leave it out: the type is that of the default',
    why: 'Templates write the value as the type that the manifest has.',
  },
  'name-shared-by-releases': {
    says: 'the name <value> would be shared by two releases',
    instead: 'declare name(...), or fixedName(...) if one release in the cluster is enough',
    why: 'The second release in a namespace could not be installed, or would take the object over.',
  },
  'name-without-prefix': {
    says: 'the name <value> does not begin with "<prefix>"',
    instead: 'write "<prefix>", "<prefix>-…", or another namePrefix',
    why: "The release's name takes the place of the prefix.",
  },
  'name-too-long-for-release': {
    says: 'the name <value> leaves <left> characters for the name of the release',
    instead: 'write one that is <over> characters shorter',
    why: 'Kubernetes limits names; releases with similar names would get the same.',
  },
  'instance-label-fixed': {
    says: '<pointer> is <value>, and Helm sets it to the name of the release',
    instead: 'use another label, e.g. "app.kubernetes.io/component"',
    why: 'The selectors of two objects could become the same.',
  },
  'secret-not-in-secret': {
    says: '<pointer> is not in stringData of a Secret',
    instead: 'declare it where a Secret has it, e.g. "/stringData/password"',
    why: 'A generated value is kept by reading it from its Secret.',
  },
  'secret-length-unusable': {
    says: '<value> is not a whole number between 16 and 256',
    instead: 'write e.g. 32',
    why: 'A shorter secret can be guessed.',
  },
  'secret-generated-twice': {
    says: 'is generated for <one> and for <other>',
    instead: 'use two paths, or read both from one Secret',
    why: 'Each would be generated for itself, and the two would differ.',
  },
  'note-placeholder-unknown': {
    says: 'has <value>, which is no declared value and nothing of the release',
    instead:
      'write e.g. "{value:replicaCount}", "{release:name}", "{release:namespace}" or "{release:fullname}"',
    why: 'It would be printed as it is.',
  },
  'note-value-not-a-text': {
    says: 'prints <value>, which is of the type <type>',
    instead: 'print a string, a number or a boolean',
    why: 'A list or a map has no text of its own.',
  },
  'note-prints-secret': {
    says: 'prints <value>, which is a generated secret',
    instead: 'print the command that reads it from its Secret',
    why: 'Notes end up in logs, and a value that the release generated is not among the values.',
  },
  'note-condition-unknown': {
    says: 'is printed with <value>, which is not a declared boolean value',
    instead: 'write the path of one, e.g. of an optional construct: "ui.enabled"',
    why: 'It decides whether the note is printed.',
  },
  'file-not-of-this-chart': {
    says: 'is not of a chart that this library wrote',
    instead: 'move it away, or write the chart to another folder',
    why: 'It would be overwritten.',
  },
} as const satisfies Table;
