'use strict';
// The vendor's clients and their properties:
//
//   operations  the operations of the suite that it has
//   repeats     after which failures it repeats a call if retries are enabled
//   unreadable  it can ask for XML but cannot decode it
//   call        makes a call and returns {requestId, jobId}
//   failure     decodes its own type of error; undefined for any other error
const { RPCClient } = require('@alicloud/pop-core');
const cdn = require('@alicloud/cdn20180510');
const alb = require('@alicloud/alb20200616');
const openapiClient = require('@alicloud/openapi-client');
const openapiCore = require('@alicloud/openapi-core');
const dara = require('@darabonba/typescript');
const { RuntimeOptions } = require('@alicloud/tea-util');
const { suite } = require('./suite');

const set = 'SetDomainServerCertificate';
const setSSL = 'SetCdnDomainSSLCertificate';
const associate = 'AssociateAdditionalCertificatesWithListener';

// certificates returns the certificate ids in flat parameters.
function certificates(params) {
  const ids = [];
  for (let i = 1; `Certificates.${i}.CertificateId` in params; i++) ids.push(params[`Certificates.${i}.CertificateId`]);
  return ids;
}

// pop-core flattens arrays itself.
function pop(method) {
  return async (to, action, params) => {
    const client = new RPCClient({
      accessKeyId: to.id, accessKeySecret: to.secret, securityToken: to.token, endpoint: to.url, apiVersion: suite.versions[action],
    });
    const request = action !== associate ? { ...params } : {
      ListenerId: params.ListenerId, Certificates: certificates(params).map((CertificateId) => ({ CertificateId })),
      ClientToken: params.ClientToken, DryRun: params.DryRun,
    };
    for (const key of Object.keys(request)) if (request[key] === undefined) delete request[key];
    if (to.xml) request.Format = 'XML';
    const body = await client.request(action, request, { method, timeout: 10000 });
    return { requestId: body.RequestId, jobId: body.JobId };
  };
}

function popFailure(error) {
  if (!error.data || !error.data.RequestId) return undefined;
  return { code: error.code, message: error.message, requestId: error.data.RequestId, status: error.entry.response.statusCode };
}

// config returns the configuration of the generated clients. The algorithm 'v2' is
// HMAC-SHA1, the default is ACS3-HMAC-SHA256.
function config(to, algorithm) {
  return {
    accessKeyId: to.id, accessKeySecret: to.secret, endpoint: to.host, protocol: 'http', regionId: 'cn-hangzhou',
    ...(algorithm && { signatureAlgorithm: algorithm }), ...(to.token && { securityToken: to.token }),
  };
}

function generatedCDN(algorithm) {
  return async (to, action, params) => {
    const client = new cdn.default(new openapiClient.Config(config(to, algorithm)));
    const runtime = new RuntimeOptions(to.retries ? { autoretry: true, maxAttempts: to.retries + 1 } : {});
    if (action === setSSL) {
      const { body } = await client.setCdnDomainSSLCertificateWithOptions(new cdn.SetCdnDomainSSLCertificateRequest({
        domainName: params.DomainName, SSLProtocol: params.SSLProtocol, certType: params.CertType, certName: params.CertName,
        certId: params.CertId === undefined ? undefined : Number(params.CertId), certRegion: params.CertRegion,
        SSLPub: params.SSLPub, SSLPri: params.SSLPri,
      }), runtime);
      return { requestId: body.requestId };
    }
    const { body } = await client.setDomainServerCertificateWithOptions(new cdn.SetDomainServerCertificateRequest({
      domainName: params.DomainName, certName: params.CertName, certType: params.CertType,
      serverCertificateStatus: params.ServerCertificateStatus, serverCertificate: params.ServerCertificate,
      privateKey: params.PrivateKey, forceSet: params.ForceSet,
    }), runtime);
    return { requestId: body.requestId };
  };
}

function generatedALB(algorithm) {
  return async (to, action, params) => {
    const settings = new openapiCore.$OpenApiUtil.Config(config(to, algorithm));
    if (to.retries) {
      settings.retryOptions = new dara.RetryOptions({
        retryable: true,
        retryCondition: [{
          maxAttempts: to.retries + 1, exception: ['ThrottlingError', 'ServerError'], errorCode: [],
          backoff: { policy: 'Fixed', period: 1 }, maxDelay: 1000,
        }],
        noRetryCondition: [],
      });
    }
    const client = new alb.default(settings);
    const { body } = await client.associateAdditionalCertificatesWithListenerWithOptions(new alb.AssociateAdditionalCertificatesWithListenerRequest({
      listenerId: params.ListenerId, clientToken: params.ClientToken,
      dryRun: params.DryRun === undefined ? undefined : params.DryRun === 'true',
      certificates: certificates(params).map((certificateId) => new alb.AssociateAdditionalCertificatesWithListenerRequestCertificates({ certificateId })),
    }), new dara.RuntimeOptions({}));
    return { requestId: body.requestId, jobId: body.jobId };
  };
}

function generatedFailure(error) {
  if (!error.data || !error.data.RequestId) return undefined;
  return { code: error.code, message: error.message, requestId: error.data.RequestId, status: error.statusCode || error.data.statusCode };
}

const none = {};
const answered = { status500: true, throttled: true };

module.exports = {
  associate,
  clients: [
    { name: 'pop-core, GET', operations: [set, setSSL, associate], repeats: none, unreadable: true, call: pop('GET'), failure: popFailure },
    { name: 'pop-core, POST', operations: [set, setSSL, associate], repeats: none, unreadable: true, call: pop('POST'), failure: popFailure },
    { name: 'cdn20180510 4, ACS3', operations: [set, setSSL], repeats: none, call: generatedCDN(), failure: generatedFailure },
    { name: 'cdn20180510 4, SHA1', operations: [set, setSSL], repeats: none, call: generatedCDN('v2'), failure: generatedFailure },
    { name: 'alb20200616, ACS3', operations: [associate], repeats: answered, call: generatedALB(), failure: generatedFailure },
    { name: 'alb20200616, SHA1', operations: [associate], repeats: answered, call: generatedALB('v2'), failure: generatedFailure },
  ],
};
