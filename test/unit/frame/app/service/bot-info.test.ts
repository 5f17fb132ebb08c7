import { expect, test } from 'vitest';
import { toBotInfo } from '../../../../../src/frame/app/service/bot-info.js';

test.each([
  ['small letters', { prologue: 'Hello', suggested_questions: ['One?'], suggested_questions_show_mode: 1 }],
  ['capitals', { Prologue: 'Hello', SuggestedQuestions: ['One?'], SuggestedQuestionsShowMode: 1 }],
])('A greeting whose field names are in %s is read', (_, onboarding_info) => {
  expect(toBotInfo({ onboarding_info }).onboarding_info).toEqual({
    prologue: 'Hello',
    suggested_questions: ['One?'],
    display_all_suggestions: true,
  });
});

test('A field that is null or empty counts as not set', () => {
  const nothing = { onboarding_info: null, background_image_info: null, voice_info_list: null, shortcut_commands: null };
  expect(toBotInfo(nothing)).toEqual(toBotInfo({}));
  expect(toBotInfo({ voice_info_list: [{ voice_id: '' }] })).toEqual(toBotInfo({}));
});

test('A bot speaks each language with the voice of that language, or else with its first voice', () => {
  const { voiceInfo } = toBotInfo({
    voice_info_list: [
      { voice_id: 'a', language_code: 'zh-CN' },
      { voice_id: 'b', language_code: 'en' },
    ],
  });
  expect(voiceInfo).toMatchObject({ isTextToVoiceEnable: true, voiceConfigMap: { en: { voice_id: 'b' }, zh: { voice_id: 'a' } } });
  expect(toBotInfo({ voice_info_list: [{ voice_id: 'c' }] }).voiceInfo?.voiceConfigMap).toMatchObject({
    en: { voice_id: 'c' },
    zh: { voice_id: 'c' },
  });
});

test('The background, the input mode and the shortcuts of a bot get the form that the SDK uses', () => {
  const info = toBotInfo({
    background_image_info: { web_background_image: { image_url: 'https://a.example/x.png', theme_color: '#102030' } },
    default_user_input_type: 'voice',
    shortcut_commands: [{ id: '1', name: 'Hours' }],
  });
  expect(info.bgInfo?.pc).toMatchObject({ imgUrl: 'https://a.example/x.png', themeColor: '#102030' });
  // The SDK shows no background in narrow chats without a mobile one.
  expect(info.bgInfo?.mobile).toEqual(info.bgInfo?.pc);
  expect(info.inputMode).toEqual({ default: 2 });
  expect(info.shortcuts).toEqual([{ id: '1', name: 'Hours' }]);
});
