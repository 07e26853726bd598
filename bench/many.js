// An app with as many registries as its argument says, each with login, TLS, an ingress and a web page. Copied beside an installed package.
const { Chart } = require('cdk8s');
const { Registry, RegistryApp } = require('cdk8s-registry');

const app = new RegistryApp({ outdir: `dist-${process.argv[2]}` });
const chart = new Chart(app, 'registries', { namespace: 'registries' });
for (let i = 1; i <= Number(process.argv[2]); i++) {
  new Registry(chart, `registry-${i}`, {
    name: `registry-${i}`,
    host: `registry-${i}.example.com`,
    ingress: {},
    ui: {},
  });
}
app.synth();
console.log(`peak ${process.resourceUsage().maxRSS}`);
