/** Layering (R8): stages run one way, net -> probes -> evidence -> facts -> checks -> scoring -> reports. */
const stage = (name) => `^src/${name}/`;
const pure = '^src/(model|parsers|iteration|facts|checks|scoring|merging|reports|i18n)/';
const only = (name, from, allowed, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: '^src/', pathNot: [from, ...allowed.map(stage)] },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', comment: 'A cycle has no first stage.', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    only('model-is-shapes', stage('model'), [], 'Data shapes depend on nothing of ours.'),
    only('parsers-read', stage('parsers'), ['model'], 'Parsers are pure readers of what servers send.'),
    only('iteration-is-sans-io', stage('iteration'), ['model', 'parsers'], 'Iteration decides what to ask; it asks nothing itself.'),
    only('net-is-below', stage('net'), ['model', 'parsers'], 'The network knows no probe, fact or check.'),
    {
      name: 'probes-see-the-network-type',
      severity: 'error',
      comment: 'Probes know only the Network interface.',
      from: { path: stage('probes') },
      to: { path: '^src/', pathNot: [stage('probes'), stage('model'), stage('parsers'), stage('iteration'), '^src/net/network\\.ts$'] },
    },
    only('dnssec-is-computation', stage('dnssec'), ['model'], 'Signatures are checked on records, wherever they came from.'),
    only('facts-from-evidence', stage('facts'), ['model', 'parsers', 'iteration', 'dnssec'], 'Facts are pure functions of evidence.'),
    {
      name: 'checks-from-facts',
      severity: 'error',
      comment: 'A check sees facts and shapes, nothing else.',
      from: { path: stage('checks') },
      to: { path: '^src/', pathNot: [stage('checks'), stage('model'), stage('facts')] },
    },
    {
      name: 'no-check-imports-a-check',
      severity: 'error',
      comment: 'A check is one file (R5).',
      from: { path: '^src/checks/[^/]+/' },
      to: { path: '^src/checks/[^/]+/' },
    },
    only('scoring-from-findings', stage('scoring'), ['model'], 'Scoring knows findings, not how they came about.'),
    only('merging-from-verdicts', stage('merging'), ['model', 'scoring', 'i18n'], 'What several vantages found is merged from their findings alone.'),
    only('reports-from-report', stage('reports'), ['model', 'i18n', 'checks'], 'Reports are pure functions of the report; check messages live in the check.'),
    only('i18n-is-words', stage('i18n'), ['model'], 'Catalogues are words.'),
    {
      name: 'pure-stages-touch-nothing',
      severity: 'error',
      comment: 'File system, sockets and process only in net, runner, cli, testbed (and the folder scan of checks/index).',
      from: { path: pure, pathNot: '^src/checks/index\\.ts$' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(url|buffer)$' },
    },
    {
      name: 'dnssec-needs-only-crypto',
      severity: 'error',
      comment: 'Of the platform, validation needs digests and signatures.',
      from: { path: stage('dnssec') },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer)$' },
    },
    {
      name: 'judging-loads-no-network',
      severity: 'error',
      comment: 'Judging works offline by construction.',
      from: { path: '^src/runner/judge\\.ts$' },
      to: { path: '^src/(net|probes|testbed)/', reachable: true },
    },
    {
      name: 'dns-packet-behind-the-guard',
      severity: 'error',
      comment: 'dns-packet is safe only behind net/dns-*; the testbed encodes with it.',
      from: { path: '^src/', pathNot: '^src/(net/dns-|testbed/)' },
      to: { path: 'node_modules/dns-packet' },
    },
    {
      name: 'testbed-is-for-demo-and-tests',
      severity: 'error',
      comment: 'Its servers listen: nothing but the demo may load it.',
      from: { path: '^src/', pathNot: '^src/(testbed/|cli/demo)' },
      to: { path: stage('testbed') },
    },
    {
      name: 'a-worker-knows-no-check',
      comment: 'Workers collect evidence; who collects it judges, so versions cannot mix verdicts.',
      severity: 'error',
      from: { path: '^src/fleet/worker\\.ts$' },
      to: { path: '^src/(checks|scoring|merging|reports|i18n)/', reachable: true },
    },
    {
      name: 'the-engine-is-for-fleets',
      severity: 'error',
      comment: 'Without --engine nothing of the client is loaded.',
      from: { path: '^src/', pathNot: stage('fleet') },
      to: { path: 'node_modules/@nats-io' },
    },
    {
      name: 'nobody-imports-the-command-line',
      severity: 'error',
      comment: 'The command line is the outermost stage.',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default'] },
  },
};
