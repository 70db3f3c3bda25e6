#!/usr/bin/env bash
# Sends the requests of a plan with the vendor's CLI, one by one, and saves the answers.
# Written by "probe plan". Read PLAN.txt first. It makes {{calls}} calls at most, waits
# {{pause}} seconds before each, repeats none, and asks before each group. It stops at
#
#   - a request that is not refused, or that gets no answer of the service;
#   - a control that is not refused because its target does not exist;
#   - an answer about the rate of calls, permissions, keys, signatures, or a fault of the
#     service;
#   - a difference between what the account shows before and after.
#
# It reads no credentials: the CLI does, as you have configured it. It deletes nothing but
# the throw-away keys in params/.
set -uo pipefail
cd "$(dirname "$0")" || exit 1
export ALIBABA_CLOUD_THROTTLING_RETRY_ENABLED=false # the CLI would repeat throttled calls
umask 077

language={{language}}
sent=0
skip=
now=

# say prints its text in English or, if that is the language, the second one.
say() { if [ "$language" = zh ]; then printf '%s\n' "$2" >&2; else printf '%s\n' "$1" >&2; fi; }

# stop ends the run. The keys are thrown away whatever happened.
stop() {
	rm -rf params
	say "STOPPED after $sent calls: $1. Nothing more was sent. See PROBE.md, \"When it stops\"." \
		"已停止（共发送 $sent 次）：$2。没有再发送任何请求。见 PROBE.zh.md“停止时怎么办”。"
	exit 1
}

trap 'stop interrupted 被中断' INT TERM

[ -d params ] || { say "params/ is gone: the keys of this plan were thrown away. Make a new plan." "params/ 不存在：该计划的密钥已销毁，请重新生成计划。"; exit 1; }
[ -z "$(ls answers)" ] || { say "answers/ is not empty: this plan was sent before. Make a new plan." "answers/ 非空：该计划已发送过，请重新生成计划。"; exit 1; }
command -v aliyun >/dev/null || { say "aliyun, the vendor's CLI, is not installed." "未安装阿里云 CLI（aliyun）。"; exit 1; }

# load fills a variable with the exact bytes of a file, line ends included.
load() { IFS= read -r -d '' "$1" <"$2" || true; }

# remember and recall keep words under names such as consent_cdn.
remember() { printf -v "$1_${2//-/_}" '%s' "$3"; }
recall() {
	local name=$1_${2//-/_}
	printf '%s' "${!name:-}"
}

# group asks for consent, once for each group. What is not consented to is not sent.
group() {
	local word
	now=$1
	if [ -z "$(recall consent "$1")" ]; then
		say "Send the group \"$1\"? Type its name to send it, anything else to leave it out:" \
			"发送分组“$1”？输入该名称表示同意，其他输入表示跳过："
		read -r word || word=
		[ "$word" = "$1" ] && word=yes || word=no
		remember consent "$1" "$word"
	fi
	skip=
	[ "$(recall consent "$1")" = yes ] || skip=1
}

# code prints the code in a saved answer.
code() {
	sed -nE -e 's/^[[:space:]]*(ErrorCode|Code): *([A-Za-z0-9._-]+) *$/\2/p' -e 's/^.*"Code": *"([A-Za-z0-9._-]+)".*$/\1/p' "$1" | head -n 1
}

# call sends one call and saves what comes back.
call() {
	local file=$1
	shift
	[ "$sent" -lt {{calls}} ] || stop "a plan has no more calls than {{calls}}" "计划最多 {{calls}} 次调用"
	sleep {{pause}}
	sent=$((sent + 1))
	"$@" >"$file" 2>&1 </dev/null
}

# look saves what the account shows. Of what it showed before, nothing may have changed.
look() {
	local when=$1 name=$2 file=answers/$1-$2.txt
	shift 2
	if ! call "$file" "$@" || [ -n "$(code "$file")" ]; then
		stop "the list \"$name\" cannot be read: see $file" "无法读取列表“$name”：见 $file"
	fi
	sed -E 's/"RequestId": *"[^"]*"//' "$file" >"$file.part" && mv "$file.part" "$file" # it differs each time
	if [ "$when" = before ]; then
		if grep -qE '"(CertificateId|CertId)": *"?1"?[,[:space:]}]' "$file"; then
			stop "the account has the certificate number 1, which the plan asks for" "账号中存在编号为 1 的证书，而计划要使用该编号"
		fi
	elif ! diff "answers/before-$name.txt" "$file" >&2; then
		stop "the list \"$name\" is not what it was before: see the lines above. If a certificate named alicert-probe-* or for a domain below .invalid is new, delete it in the console" \
			"列表“$name”与之前不同，见上。如果多出名为 alicert-probe-* 或 .invalid 域名的证书，请在控制台删除"
	fi
}

# request sends one request, which has to be refused. One about a product that has a
# control is only sent after the control.
request() {
	local file=$1 name=$2 role=$3 product=$5 status answer
	shift 3
	[ -z "$skip" ] || return 0
	case $product:$role in
	cas:* | *:control=*) ;;
	*) if [ -z "$(recall control "$product")" ]; then
		say "$name: left out, for the control of $product was" "$name：跳过，因为 $product 的对照请求未发送"
		return 0
	fi ;;
	esac
	call "$file" "$@"
	status=$?
	answer=$(code "$file")
	say "$sent. $name: ${answer:-no code}" "$sent. $name：${answer:-无错误码}"
	if [ -z "$answer" ] && [ "$status" -eq 0 ]; then
		stop "$name was NOT refused: see $file" "$name 没有被拒绝：见 $file"
	fi
	case $answer in
	'') stop "$name got no answer of the service: see $file" "$name 没有得到服务的应答：见 $file" ;;
	Throttling* | Forbidden* | NoPermission* | Unauthorized* | *AccessDenied* | *AccessKey* | *Signature* | *SecurityToken* | InvalidTimeStamp* | ServiceUnavailable* | InternalError* | UnknownError*)
		stop "$name was answered with $answer" "$name 的应答是 $answer" ;;
	esac
	case $role in
	control=*)
		[ "$answer" = "${role#control=}" ] || stop "the control $name was answered with $answer, not with ${role#control=}" "对照请求 $name 的应答是 $answer，而不是 ${role#control=}"
		remember control "$product" passed
		;;
	order)
		case $answer in
		InvalidDomain* | IllegalOperation*)
			say "The domain is judged before the certificate. The rest of this group would tell nothing and is left out." \
				"域名先于证书被检查，本组其余请求没有意义，跳过。"
			remember consent "$now" order
			skip=1
			;;
		esac
		;;
	esac
}

# finish comes before the last reads, which are sent whatever was left out.
finish() { skip=; }

farewell() {
	rm -rf params
	say "$sent calls sent. The account shows what it showed before. Now: probe record ." "共发送 $sent 次，账号前后一致。下一步：probe record ."
}

