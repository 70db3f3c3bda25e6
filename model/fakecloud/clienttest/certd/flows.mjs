// The deployments of certd with its own clients, through the proxy HTTPS_PROXY: the calls
// of its plugins in their order, from the first deployment to the cleaning up.
import assert from 'node:assert';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const httpsProxy = process.env.HTTPS_PROXY; // the packages clear it
const { setGlobalProxy, logger } = await import('@certd/basic');
const { AliyunClient, AliyunSslClient } = await import('@certd/plugin-lib');
setGlobalProxy({ httpsProxy });

const access = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
const post = { method: 'POST' };
const listener = 'lsn-https';

const pki = (...names) => readFileSync(path.join(process.env.CLIENTTEST, '..', '..', '..', 'testdata', 'pki', ...names), 'utf8');
const pairs = ['p256', 'rsa2048', 'p384'].map((type) => ({ crt: pki(type, 'chain3.pem'), key: pki(type, 'key.pem') }));

async function client(endpoint, apiVersion, of = access) {
  const c = new AliyunClient({ logger });
  await c.init({ ...of, endpoint: `https://${endpoint}`, apiVersion });
  return (action, params = {}) => c.request(action, params, { ...post });
}

const ssl = new AliyunSslClient({ access, logger });
const sts = await client('sts.aliyuncs.com', '2015-04-01');
const cdn = await client('cdn.aliyuncs.com', '2018-05-10');
const dcdn = await client('dcdn.aliyuncs.com', '2018-01-15');
const alb = await client('alb.cn-hangzhou.aliyuncs.com', '2020-06-16');
const cas = await client('cas.aliyuncs.com', '2020-04-07');

let uploads = 0;
const upload = (cert) => ssl.uploadCert({ name: `certd-${++uploads}`, cert });
const later = () => sleep(1100); // the time between two renewals

async function refused(code, run) {
  await assert.rejects(run, (error) => error.code === code || assert.fail(`${error.code} ${error.message}`));
}

// The test of the key, and what its pages offer to choose from.
assert.match((await sts('GetCallerIdentity')).AccountId, /^\d+$/);
await refused('SignatureDoesNotMatch', async () => (await client('sts.aliyuncs.com', '2015-04-01', { ...access, accessKeySecret: 'wrong' }))('GetCallerIdentity'));
const { Regions } = await alb('DescribeRegions');
assert.ok(Regions.every((r) => r.RegionId && r.LocalName && r.RegionEndpoint) && Regions.length > 0);
const { LoadBalancers } = await alb('ListLoadBalancers', { MaxResults: 100 });
assert.deepStrictEqual(LoadBalancers.map((b) => [b.LoadBalancerId, b.LoadBalancerName]), [['alb-demo', 'alb-demo']]);
const domains = (await cdn('DescribeUserDomains', { PageSize: 500 })).Domains.PageData;
assert.ok(domains.some((d) => d.DomainName === 'www.example.com'));

// Domains of CDN and DCDN: the certificate of the center, first, renewed twice, and again.
for (const [set, action, info, where] of [
  [cdn, 'SetCdnDomainSSLCertificate', 'DescribeDomainCertificateInfo', 'ServerCertificate'],
  [dcdn, 'SetDcdnDomainSSLCertificate', 'DescribeDcdnDomainCertificateInfo', 'SSLPub'],
]) {
  for (const cert of [...pairs, pairs[2]]) {
    const CertId = await upload(cert);
    const { certName, certIdentifier, notAfter } = await ssl.getCertInfo(CertId);
    assert.deepStrictEqual([certName, certIdentifier], [`certd-${uploads}`, `${CertId}-cn-hangzhou`]);
    assert.ok(notAfter > Date.now());
    await set(action, { DomainName: 'www.example.com', SSLProtocol: 'on', CertType: 'cas', CertId, CertName: certName, CertRegion: 'cn-hangzhou' });
    const [served] = (await set(info, { DomainName: 'www.example.com' })).CertInfos.CertInfo;
    assert.strictEqual(served[where], cert.crt);
    await later();
  }
  await refused('InvalidDomain.NotFound', () => set(action, { DomainName: 'elsewhere.example.org', SSLProtocol: 'on', CertType: 'cas', CertId: 2 }));
}

// The default certificate of a listener, by the bare number.
for (const cert of pairs) {
  const number = await upload(cert);
  await alb('UpdateListenerAttribute', { ListenerId: listener, 'Certificates.1.CertificateId': number });
  await later();
  const { Certificates } = await alb('ListListenerCertificates', { ListenerId: listener });
  assert.deepStrictEqual(Certificates.filter((c) => c.IsDefault).map((c) => c.CertificateId), [`${number}-cn-hangzhou`]);
}

// Additional certificates, by the bare number. Its dissociation of the old one is refused:
// a fault of certd.
let old;
for (const cert of pairs) {
  const number = await upload(cert);
  await alb('AssociateAdditionalCertificatesWithListener', { ListenerId: listener, 'Certificates.1.CertificateId': number });
  await later();
  const { Certificates } = await alb('ListListenerCertificates', { ListenerId: listener });
  assert.deepStrictEqual(Certificates.filter((c) => c.CertificateId === `${number}-cn-hangzhou`).map((c) => c.Status), ['Associated']);
  if (old) {
    await refused('ResourceNotAssociated.Certificate', () => alb('DissociateAdditionalCertificatesFromListener', { ListenerId: listener, 'Certificates.1.CertificateId': old }));
  }
  old = number;
}

// A deployment job of the center.
const { ContactList } = await ssl.getContactList();
const { Data } = await ssl.getResourceList({ cloudProduct: 'CDN' });
assert.ok(Data.some((r) => r.Domain === 'www.example.com' && r.EnableHttps === 1 && Number(r.CertEndTime) > Date.now()));
const { JobId } = await ssl.createDeploymentJob({
  name: 'certd', jobType: 'user', contactIds: [ContactList[0].ContactId], resourceIds: [Data[0].Id], certIds: [old],
});
await cas('UpdateDeploymentJobStatus', { JobId, Status: 'scheduling' });
await later();
assert.strictEqual((await cas('DescribeDeploymentJob', { JobId })).Status, 'success');

// Cleaning up: every upload that nothing uses.
const unused = [];
for (let CurrentPage = 1; ; CurrentPage++) {
  const { CertificateList } = await cas('ListCertificates', { ShowSize: 100, CurrentPage });
  if (CertificateList.length === 0) break;
  unused.push(...CertificateList.filter((c) => c.CertificateName.startsWith('certd-') && c.UsingProductList.length === 0));
}
assert.ok(unused.length > 0);
for (const { CertificateId } of unused) await ssl.deleteCert(CertificateId);
await refused('NotFound', () => ssl.getCertInfo(unused[0].CertificateId));
process.exit(0); // the library keeps timers
