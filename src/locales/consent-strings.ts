/** Strings for a visitor who has to agree before the chat starts. Separate from the other strings, which belong to a chat that has started. */
import { type Language, toLanguage } from './language.js';

export interface ConsentStrings {
  readonly title: string;
  readonly text: string;
  /** The link to the site's own notice. */
  readonly notice: string;
  readonly agree: string;
  readonly later: string;
}

const strings: Readonly<Record<Language, readonly [title: string, text: string, notice: string, agree: string, later: string]>> = {
  en: [
    'Before the chat starts',
    'What you write in this chat is sent to Coze, a service for AI assistants, and kept there.',
    'Privacy notice',
    'Agree and start',
    'Not now',
  ],
  'zh-CN': ['开始聊天之前', '您在聊天中输入的内容会发送给 AI 服务平台扣子，并由其保存。', '隐私声明', '同意并开始', '暂不'],
  'zh-TW': ['開始聊天之前', '您在聊天中輸入的內容會傳送給 AI 服務平台 Coze，並由其儲存。', '隱私權聲明', '同意並開始', '暫時不要'],
  ja: [
    'チャットを始める前に',
    'このチャットに入力した内容は、AIアシスタントのサービスであるCozeに送信され、保存されます。',
    'プライバシーに関するお知らせ',
    '同意して開始',
    '今はしない',
  ],
  ko: [
    '채팅을 시작하기 전에',
    '이 채팅에 입력한 내용은 AI 어시스턴트 서비스인 Coze로 전송되어 보관됩니다.',
    '개인정보 처리 안내',
    '동의하고 시작',
    '나중에',
  ],
  es: [
    'Antes de empezar el chat',
    'Lo que escribas en este chat se envía a Coze, un servicio de asistentes de IA, y se guarda allí.',
    'Aviso de privacidad',
    'Aceptar y empezar',
    'Ahora no',
  ],
  fr: [
    'Avant de commencer',
    'Ce que vous écrivez dans ce chat est envoyé à Coze, un service d’assistants d’IA, et y est conservé.',
    'Politique de confidentialité',
    'Accepter et commencer',
    'Pas maintenant',
  ],
  de: [
    'Bevor der Chat beginnt',
    'Was Sie in diesem Chat schreiben, geht an Coze, einen Dienst für KI-Assistenten, und wird dort gespeichert.',
    'Datenschutzhinweise',
    'Zustimmen und beginnen',
    'Nicht jetzt',
  ],
  'pt-BR': [
    'Antes de começar o chat',
    'O que você escreve neste chat é enviado ao Coze, um serviço de assistentes de IA, e fica guardado lá.',
    'Aviso de privacidade',
    'Concordar e começar',
    'Agora não',
  ],
  ru: [
    'Прежде чем начать чат',
    'То, что вы пишете в этом чате, отправляется в Coze, сервис ИИ-ассистентов, и хранится там.',
    'Политика конфиденциальности',
    'Согласиться и начать',
    'Не сейчас',
  ],
  ar: [
    'قبل أن تبدأ الدردشة',
    'ما تكتبه في هذه الدردشة يُرسل إلى Coze، وهي خدمة لمساعدي الذكاء الاصطناعي، ويُحفظ هناك.',
    'إشعار الخصوصية',
    'أوافق، ابدأ الدردشة',
    'ليس الآن',
  ],
};

/** Returns the strings for a BCP 47 tag. */
export function getConsentStrings(tag: string): ConsentStrings {
  const [title, text, notice, agree, later] = strings[toLanguage(tag)];
  return { title, text, notice, agree, later };
}
